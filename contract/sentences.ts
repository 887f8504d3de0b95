import { DUTY_SENTENCES } from "./duty-sentences.ts";
import { RULE_SENTENCES } from "./rule-sentences.ts";
import { STEP_SENTENCES } from "./step-sentences.ts";

/**
 * What the doors and the audit say to a person, by code, in English for other
 * software; `{name}` is a fact. One that is added here is added to
 * web/i18n/sentences, which says it in the reader's language.
 */
export const SENTENCES = {
  ...STEP_SENTENCES,
  // Filters of the queue.
  filterMissing: "there is no filter {id}",
  filterForAll: "filters for everybody are kept by who may rule",
  filtersFull: "an account keeps no more than {most} filters",

  ...DUTY_SENTENCES,
  ...RULE_SENTENCES,
  // Who may ask.
  signInFirst: "sign in first",
  codeFirst: "give the second factor's code first",
  passwordFirst: "choose a new password first",
  factorFirst: "set up a second factor first",
  deskLocked: "this desk is locked: unlock it first",
  wallHasNoAccount: "a wall has no account",
  rolesMayNot: "{roles} may not {action}",
  wallMayNot: "a wall may not {action}",
  nobodyMayNot: "an account without a role may not {action}",

  // Any door.
  anotherSite: "another site's page may not ask this",
  partWrong: "the {part} is not as the door expects",
  tooShort: "it needs at least {least} characters",
  tooLong: "it has more than {most} characters",
  tooLow: "it is less than {least}",
  tooHigh: "it is more than {most}",
  tooFew: "it names fewer than {least}",
  tooMany: "it names more than {most}",
  notUnderstood: "it is not understood",
  unknownParameter: "the door takes nothing of this name",
  halfPair: "the text holds half a surrogate pair",
  nulCharacter: "the text holds a NUL character",
  saysNothing: "nothing of the text is seen",
  inFuture: "is more than 5 minutes in the future",
  failedHere: "something failed here; the log says what",
  storeDown: "the store cannot be reached or does not write",
  auditDown: "the audit cannot be written, so nothing was done",
  hubEnding: "the hub is ending; send it again to the next",
  hubFull:
    "the hub has as many connections as it may, in all or from this address (MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS)",
  hubUnreachable: "the hub cannot be reached",
  fasterOther: "another was faster",

  // Attachments.
  attachmentType:
    "this is none of what is taken: JPEG, PNG, WebP or HEIC pictures, MP4 videos, M4A recordings",
  attachmentBroken: "the file is not whole",
  attachmentsMany:
    "you sent {most} MiB that nothing names yet: name them, or wait a day",
  attachmentMissing:
    "{attachment} is nothing that you sent, or nobody named it within a day: send it again",
  noAttachment: "the incident names no attachment {attachment}",

  // Signing in.
  notRight: "this is not right, or the account waits after too many failures",
  linkNotValid: "this sign-in link is not valid",
  stepNotDue: "this step of the sign-in is not due",
  changedNow: "{login} was changed at this moment; try again",
  triesHere: "too many tries from this address; wait a little",
  triesOwn: "too many tries; wait a little",
  statisticsTooMany: "too many counts of one account; wait a little",
  sourceHidden:
    "a source that names a caller is shown masked and cannot be asked for alone",
  actsTooMany: "too many acts of one account; wait a little",
  triesAll: "too many are signing in at once; try again soon",
  passwordRefused: "this password will not do",
  passwordKinds:
    "it needs {least} of: lower case, upper case, digits, other signs",
  passwordOwn: "it holds the login, the name or the staff number",
  passwordKnown: "it is one that everybody tries first",
  passwordPlain: "it has too few different signs",
  passwordUsed: "it was used before; choose another",
  passwordElsewhere: "the single sign-on keeps this password",
  factorNotBegun: "begin to set up the second factor first",
  codeNotRight: "this code is not right",
  codeNotNow: "not the code of this moment",
  noSingleSignOn: "this hub has no single sign-on",
  singleSignOnRefused: "the single sign-on did not let you in",
  singleSignOnSilent:
    "the single sign-on does not answer; sign in by password, or try again",
  accountOff: "this account is switched off",
  noSession: "there is no such session",
  endedAtOnce: "this session was ended as it began; sign in again",

  // Accounts.
  loginShape: "2 to 64 of a–z, 0–9, point, dash and underline, in lower case",
  reasonShort: "say why, in at least four characters",
  noAccount: "there is no account {account}",
  taken: "{value} is taken",
  anothers: "another account has it",
  personTaken:
    "another account has the login {login} or the staff number {staffNo}",
  accountMoved: "{login} is no longer at rev {rev}; it is at {now}",
  cutsHimself: "nobody cuts himself off",
  lastHolder: "{login} is the last {role}",
  linkByTwo:
    "{login} is one of the three administrators: a second person confirms a new link",
  accountElsewhere: "the single sign-on keeps this account",

  // Rights.
  rightsNotSo: "rights cannot be so",
  rolesApart:
    "{role} holds no other role: the three administrators are separated",
  actionReserved: "{action} is for {roles} alone",
  roleOnlyHas: "{role} may have nothing but {actions}",
  roleNeeds: "{role} without {action} leaves nobody who may",
  notOff: "{login} is not switched off",
  noDepartment: "the city has no department {department}",
  noDistrict: "the city has no district {district}",
  ownRights: "nobody changes his own rights",
  changesNoRights: "your roles do not change rights",
  secondPerson: "a second person confirms it, not the one who asked",
  needsPermit: "one of the two is a security administrator",
  noChange: "there is no change {id}",
  changeOver: "this change does not wait any more",
  soAlready: "it is so already",
  askerMayNot: "who asked for it may not any more",
  changedSince: "what it changes has changed since: ask anew",

  // Walls.
  noWall: "there is no wall {id}",
  wallRevoked: "this wall is revoked for good",
  wallMoved: "the wall is no longer at rev {rev}; it is at {now}",
  wallsWaiting: "too many walls wait to be paired already",
  codeUnknown: "no wall shows this code, or it ran out",
  codeNotShown: "not shown by any wall",
  noScreen: "there is no screen {screen}",
  wallShowsMore: "a wall may not show more than you may see",
  beyondOwn: "reaches beyond your own",

  // Departments and feeds.
  departmentCode: "a department's code is in capitals",
  departmentCodeShape: "expected A–Z, 0–9 and dashes",
  noFeed: "there is no feed {feed}",
  noKey: "the feed {feed} has no such key that opens",
  keysEnough: "the feed {feed} has {most} keys that open it: revoke one first",
  feedNotYours: "{department} has no feed that you may configure",
  feedCannotRun: "the feed {feed} cannot run",
  notNetwork: "{network} is neither an address nor a network",
  signedByHttp: "only messages that come by HTTP carry a signature",

  // What lines of the audit add, whole or between semicolons.
  byPassword: "by password",
  byLink: "by one-time link",
  bySingleSignOn: "by single sign-on",
  nextStep: "next: {stage}",
  wrongPassword: "a wrong password",
  wrongCode: "a wrong code",
  waitsFromNow: "from now on the account waits",
  sessionEnds: "the session ends",
  unknownName: "an unknown name",
  isOff: "it is switched off",
  itWaits: "it waits after failures",
  linkRefused: "a link that is not valid",
  anothersLogin: "another's login",
  notBegunHere: "this sign-in was not begun in this browser",
  singleSignOnNo: "the single sign-on said no: {why}",
  singleSignOnQuiet: "the single sign-on does not answer: {why}",
  outsideScope: "lies outside the scope",
  incidentOutside: "the incident lies outside their scope",
  cameraNotShared: "the camera is not shared with them",
  rolesWatchNot: "its roles may not watch",
  onOwnMachine: "on the hub's own machine, while it was stopped",
  newKey: "a new key",
  formerKeysEnd: "the former ones end at once",
  formerKeysFor: "the former ones open for {ms} ms more",
  newSecret: "a new secret",
  formerSecretEnds: "the former one signs nothing any more",
  firstSecret: "a first secret",
  refusedSome: "{n} of its refused messages",
  refusedAll: "all its waiting refused messages",
  auditPruned: "lines from before {before} are removed, from line {first} on",
  othersToo: "and others, too many to tell apart",
  timesMore: "{sentence} ({n} times more)",

  // What a check of the audit finds.
  sealMissing: "the seal is missing from the store: it was removed",
  sealForged:
    "the seal was not made with this server's key: it was forged, or the chain was written anew, or SECRET_KEY is another",
  anchorMissing:
    "the anchor (audit-anchor.json in DATA_DIR) is missing: it was removed, or the store came here without it",
  anchorForged:
    "the anchor was not made with this server's key: it was forged or damaged, or SECRET_KEY is another",
  beginningCut:
    "{lines} missing: the seal begins with line {first}; the beginning was cut off",
  beforeSeal:
    "{lines} not under the seal, which begins with line {first}: put in by another hand",
  endCut:
    "{lines} missing: the seal ends with line {last}; the end was cut off",
  afterSeal:
    "{lines} not under the seal, which ends with line {last}: put in by another hand",
  anchorAhead:
    "{lines} missing: the anchor holds line {anchor}, the store ends with line {last}; the end was cut off, or the store was restored from an older backup",
  anchorBehind:
    "the anchor holds line {anchor}, but the store begins with line {lowest}: an old anchor was put back, or the beginning was cut off",
  linesSwapped: "lines {one} and {other} were swapped",
  lineChanged: "line {seq} was changed: its hash is not that of its content",
  linesDeleted: "{lines} missing: deleted",
  lineFollowsNot:
    "line {seq} does not follow line {before}: one of them was written anew, or they changed places",
  beginningAnew:
    "line {seq} does not follow what the seal says came before it: the beginning was written anew",
  sealEndsElse:
    "line {seq} is not the line that the seal ends with: the chain was written anew up to it",
  anchorHoldsElse:
    "line {seq} is not the line that the anchor holds: the chain was written anew up to it",
  earlierBreak: "line {seq} tells of an earlier break: {sentence}",
  andMore: "and {n} more",
} as const;
