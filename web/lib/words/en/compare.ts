import { exactNumber } from '#web/lib/numbers.ts';

/** Words of the page that compares two revisions. */
export const compare = {
  title: 'Compare revisions',
  before: 'Before',
  after: 'After',
  stack: 'Stack',
  revision: 'Revision',
  swap: 'Swap sides',
  nothingToSwap: 'Choose a revision first.',
  choose: 'Choose two revisions',
  chooseText: 'Of one stack or of two: what the second has that the first has not stands beside a plus.',
  chooseStackFirst: 'Choose a stack first.',
  noStacks: 'No stacks yet',
  noStackMatches: (text: string) => `No stack contains “${text}”.`,
  noRevisions: 'Nothing submitted yet',
  noRevisionMatches: (text: string) => `No revision contains “${text}”.`,
  onlyNewest: (shown: number, total: number) => `The newest ${exactNumber(shown)} of ${exactNumber(total)}; type a number to find others.`,
  notRead: 'The revisions were not compared',
  sideNotRead: 'The revision was not read',
  same: 'Nothing differs',
  sameText: 'Both revisions hold the same objects with the same text.',
  changes: 'Changes',
  marker: 'deletion marker',
} as const;
