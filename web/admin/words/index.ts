/** The words of these pages, a file a section, in one dictionary that the frame provides to all below it. */
import { accounts } from "./accounts.ts";
import { algorithms } from "./algorithms.ts";
import { actions } from "./actions.ts";
import { audit } from "./audit.ts";
import { departments } from "./departments.ts";
import { devices } from "./devices.ts";
import { feeds } from "./feeds.ts";
import { fields } from "./fields.ts";
import { frame } from "./frame.ts";
import { policy } from "./policy.ts";
import { rights } from "./rights.ts";
import { roles } from "./roles.ts";
import { rules } from "./rules.ts";
import { sessions } from "./sessions.ts";
import { webhooks } from "./webhooks.ts";
import { shared } from "./shared.ts";

const sections = {
  ...{ accounts, actions, audit, departments, devices, feeds, fields },
  ...{ frame, policy, rights, roles, sessions, algorithms, rules, webhooks },
};
type Sections = typeof sections;

const of = <L extends "zh" | "en">(language: L) =>
  Object.fromEntries(
    Object.entries(sections).map(([name, words]) => [name, words[language]]),
  ) as { [S in keyof Sections]: Sections[S][L] };

export const words = {
  zh: { ...shared.zh, ...of("zh") },
  en: { ...shared.en, ...of("en") },
};
