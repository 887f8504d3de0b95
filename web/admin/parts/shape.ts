/** Shapes of states: full dot, half dot, ring, struck ring, two bars, cross. */
export type Shape = "full" | "half" | "ring" | "struck" | "bar" | "cross";
