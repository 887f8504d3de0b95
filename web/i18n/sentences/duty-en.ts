/** Rosters, the duty log and hand-overs, in English; see contract/duty-sentences.ts. */
import type { DUTY_SENTENCES } from "../../../contract/duty-sentences.ts";

export const duty: Record<keyof typeof DUTY_SENTENCES, string> = {
  shiftGap: "No shift is on from {from} to {to}",
  shiftsMeet: "The shifts {one} and {other} are both on from {from} to {to}",
  rosterWrong: "The roster is not taken; of its lines {n} are not so",
  cellWrong: "Line {line}, column {column} is “{cell}”: {sentence}",
  lineWrong: "Line {line}: {sentence}",
  columnMissing: "There is no column {column}",
  dateShape: "A date is written YYYY-MM-DD",
  dayOver: "{date} is over and stays as it was",
  cellTwice: "shift {shift} of {date} is named twice",
  noShift: "The city has no shift {shift}",
  noRosterRole: "A role is dutyLeader, shiftLeader, dutyOfficer or seat",
  nameMissing: "Everybody on a shift has a name",
  rosterMoved:
    "The roster is no longer at revision {rev}; it is at {now}: load it again",
  rosterEmpty: "It names nobody on a day that is not over",
  dutyOfCity: "The duty is the city centre's: it needs the whole city's scope",
  dutyOfOthers: "The duty of {department} is kept by its own people",
  noDutyCentre: "There is no centre {department} that keeps a duty",
  noEntry: "There is no entry {id} in the duty log",
  noneOn: "No shift is on now: the city has none at this hour",
  notOn: "The shift {shift} of {date} is not on",
  handedOver: "{who} has handed this shift over already",
  noHandOver: "There is no hand-over {id}",
  receivedBy: "{who} has received it already",
  notForYou: "It is received by whoever it is meant for, or by the next shift",
  toHimself: "Nobody hands over to himself",
};
