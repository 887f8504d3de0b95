/** A page of a list that is told bit by bit. */
export interface Page<T> {
  items: T[];
  /** Opaque; null at the end. */
  cursor: string | null;
}
