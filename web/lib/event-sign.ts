import { brokerSign, type StateSign } from './state-vocabulary.ts';
import { eventWords } from './words/en/states.ts';

/**
 * What an agent's event claims now. A success is something it said once: without a fresh health record nothing says that
 * anything runs, so it is never green.
 */
export function eventSign(status: string): StateSign | undefined {
  switch (status.toUpperCase()) {
    case 'SUCCESS':
      return { kind: 'unknown', word: eventWords.applied };
    case 'FAILURE':
      return { kind: 'bad', word: eventWords.refused };
    default:
      return brokerSign(status);
  }
}
