/**
 * In which town each counted row's incident lies (server/hub/statistics); what
 * was counted before is counted anew after the start, as its town is known then.
 */
export const towns = [
  `ALTER TABLE incident_stages ADD COLUMN town TEXT`,
  `ALTER TABLE incident_acts ADD COLUMN town TEXT`,
  `DELETE FROM facts WHERE name = 'incidentStatistics'`,
];
