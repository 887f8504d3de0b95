/** A department's incidents, newest first, without reading anybody else's. */
export const incidentDepartments = [
  `CREATE INDEX incidents_department
    ON incidents (department, reported_at, id)`,
];
