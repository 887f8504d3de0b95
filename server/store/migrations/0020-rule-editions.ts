/** Tables of rules that the city took, each as it was taken. */
export const ruleEditions = [
  `CREATE TABLE rule_editions (
    name TEXT NOT NULL, edition INTEGER NOT NULL, taken_at INTEGER NOT NULL,
    who TEXT NOT NULL, size INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (name, edition)) WITHOUT ROWID`,
];
