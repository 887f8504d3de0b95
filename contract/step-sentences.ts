/** What the hub says against a step of an incident; see sentences.ts. */
export const STEP_SENTENCES = {
  stepRight: "{step} asks for one of these rights: {actions}",
  stepStatus: "{number} is {status}: {step} is not possible then",
  orderMissing: "{number} has no order {order}",
  orderStatus: "order {order} is {orderStatus}: {step} is not possible then",
  nothingWaits: "nothing waits for an answer",
  requestMissing: "no request {request} of {number} waits",
  incidentLacks: "{number} lacks {lacks}",
  notTrusted:
    "what this source reports is registered by the shift leader: propose it",
  othersOrder: "order {order} is of {department}",
  notFedBack: "{departments} did not feed back yet",
  timeOver: "its time is over: an extension is asked for before",
  askedAlready: "that was asked for by {by} and waits",
  checkFailed: "the check failed: have it done again",
  checkMissing: "the check is not done",
  returnedOften: "it was returned {n} times: the shift leader says whose it is",
  closedLongAgo: "it was closed too long ago: report it anew",
  notNewest:
    "only who took the newest step can take it back, within ten seconds",
  incidentMissing: "there is no incident {id}",
  intoItself: "an incident is not merged into itself",
  intoEnded: "{number} is {status}: merge into one that is open",
  higherAgrees:
    "a second extension, or one to a time of their own, is agreed to by the section head or the head of the centre",
  leaderAgrees: "the shift leader agrees to this",
  pointOutside: "{lng}, {lat} lies outside the city",
  placeOutside: "the place lies outside the city",
  departmentMissing: "there is no department {department}",
  orderedAlready: "{department} has an order of this incident already",
  extensionOver: "the extension ends before it begins",
  extensionFar: "no limit is longer than {hours} hours from its beginning",
  reviewOver: "the day of review is over",
  extensionShorter: "the extension ends no later than the time it has",
  limitMissing: "the city has no limit of class {matterClass} for it",
  workerUnreached:
    "{number} lies outside the scope of {who}: send a grid worker who sees it",
  centreMissing: "{department} is no district's centre",
  centreHasIt: "{department} has it already",
  noneSuspended: "no order of {number} is suspended",
  passedDown:
    "{number} was passed down to {department}: who passed it on reads it and may add a note",
  passedUp:
    "{number} was passed up to the city: who passed it on reads it and may add a note",
  cityHasIt: "it is the city's own already",
  revisionMissing: "{number} has no revision {rev}",
  firstWith: "{who} was first with {number}: {step}",
} as const;
