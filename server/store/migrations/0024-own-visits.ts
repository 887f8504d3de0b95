/** What somebody was on is found without reading every history (server/store/own-matters.ts). */
export const ownVisits = [
  `CREATE INDEX incident_history_visits ON incident_history (who, at)
    WHERE what IN ('verified', 'check')`,
];
