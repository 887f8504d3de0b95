/** Who reported what: found without reading every incident, to be sealed or forgotten. */
export const reporters = [
  `CREATE INDEX incidents_reporters ON incidents (reported_at)
    WHERE reporter_name IS NOT NULL OR reporter_phone IS NOT NULL`,
];
