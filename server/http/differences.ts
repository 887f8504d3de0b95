/** The fields in which two versions of a row differ, for the audit: as they were, and as they are to be. */
export function differences<Row extends object>(
  before: Row,
  after: Row,
): { before: Partial<Row>; after: Partial<Row> } {
  const differs = (field: string) =>
    JSON.stringify(before[field as keyof Row]) !==
    JSON.stringify(after[field as keyof Row]);
  const fields = new Set(
    [...Object.keys(before), ...Object.keys(after)].filter(differs),
  );
  const only = (row: Row) =>
    Object.fromEntries(
      Object.entries(row).filter(([field]) => fields.has(field)),
    ) as Partial<Row>;
  return { before: only(before), after: only(after) };
}
