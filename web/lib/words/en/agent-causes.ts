import type { Cause } from '#web/lib/agent-causes.ts';
import { counted } from '#web/lib/numbers.ts';
import { formatAge } from '#web/lib/time.ts';

export interface CauseWords {
  title: string;
  /** The agent's own words, shown as they came. */
  said?: string | null;
  text: string;
}

const lastKnown = 'Everything below is the last the broker heard.';

/** The sentence at the top of an agent's page: what is wrong, what follows from it, what to do. */
export function causeWords(cause: Cause): CauseWords {
  switch (cause.kind) {
    case 'silent':
      return {
        title: `No word for ${formatAge(cause.ageMs)}.`,
        text: `${lastKnown} Look whether its process runs, reaches the broker, and still holds the key of its last rotation.`,
      };
    case 'stale':
      return {
        title: `Late: no heartbeat for ${formatAge(cause.ageMs)}.`,
        text: `It reports every ${formatAge(cause.rhythmMs)}${cause.rhythmAssumed ? ' (assumed, not measured yet)' : ''}. ${lastKnown} After 10 min without a word it counts as silent.`,
      };
    case 'failing':
      return {
        title: `${counted(cause.records, 'health record')} failing.`,
        text: 'The broker counts every record it ever got, those of replaced and deleted objects too, and never clears them. Compare with the newest events.',
      };
    case 'degraded':
      return {
        title: `${counted(cause.records, 'health record')} degraded.`,
        text: 'The count includes records of replaced and deleted objects: the broker never clears them.',
      };
    case 'apply_failed':
      return {
        title:
          cause.objects > 1
            ? `This cluster refused ${cause.objects} objects and will not be asked again.`
            : 'This cluster refused its newest object and will not be asked again.',
        said: cause.refused?.message ?? null,
        text: 'The broker counts a refusal as an answer, so the object leaves the queue. Only a new revision of its stack is delivered.',
      };
    case 'unreachable':
      return {
        title: 'The agent cannot reach its Kubernetes API.',
        text: 'It still hears the broker, but can apply nothing. Look at the API server of its cluster and at the rights of its service account.',
      };
    case 'pending':
      return cause.isActive
        ? {
            title: `${counted(cause.objects, 'object')} without an answer.`,
            text: 'Offered on each of its polls until it says success or failure; one that stays here is not being taken up.',
          }
        : {
            title: `${counted(cause.objects, 'object')} ${cause.objects === 1 ? 'waits' : 'wait'}, and the agent is inactive.`,
            text: 'An inactive agent reports, but takes up no work. Activate it to have them applied.',
          };
    case 'never_reported':
      return cause.isActive
        ? {
            title: 'It has never reported.',
            text: 'Active, but no agent process has used its key yet. Start one with it; if the key is lost, rotate it.',
          }
        : {
            title: 'Created, not activated, never reported.',
            text: 'Start the agent process with its key, and activate it. Until then the broker holds its work, and nothing is applied.',
          };
    case 'inactive':
      return cause.status === 'INACTIVE'
        ? {
            title: 'Inactive: it takes up no work.',
            text: 'It reports, and skips deployments, work orders and health. What runs in its cluster goes on running, unwatched.',
          }
        : {
            title: `Its status is ${cause.status}: it takes up no work.`,
            text: 'Agents work only when their status is ACTIVE. The broker accepts any text; another tool set this one.',
          };
  }
}
