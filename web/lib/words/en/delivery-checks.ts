import type { DeliveryCheck } from '#web/lib/delivery-checks.ts';
import { counted } from '#web/lib/numbers.ts';
import { listed } from './listed.ts';

const ways = ({ targets, labels, annotations }: Extract<DeliveryCheck, { kind: 'reach' }>): string[] => [
  ...(targets === null || targets === 0 ? [] : [counted(targets, 'explicit target')]),
  ...(labels === null || labels === 0 ? [] : [counted(labels, 'label')]),
  ...(annotations === null || annotations === 0 ? [] : [counted(annotations, 'annotation')]),
];

const sentences = {
  consent: (check: Extract<DeliveryCheck, { kind: 'consent' }>) =>
    check.generators === null
      ? 'Its registrations were not read.'
      : check.generators === 0
        ? 'Registered with no generator but the system’s: only stacks of that one can reach it.'
        : `Registered with ${counted(check.generators, 'generator')}; stacks of others never reach it.`,
  reach: (check: Extract<DeliveryCheck, { kind: 'reach' }>) => {
    const known = ways(check);
    if (known.length > 0) return `${listed(known)}. A stack reaches it as a target, or by sharing one label or one whole annotation.`;
    return check.verdict === 'unknown'
      ? 'Its targets, labels or annotations were not read.'
      : 'It has no target, no label and no annotation: no stack can reach it.';
  },
  reports: (check: Extract<DeliveryCheck, { kind: 'reports' }>) =>
    ({
      reports: 'It reports within its rhythm.',
      late: 'It is late; nothing newer is known.',
      silent: 'It is silent, so nothing is fetched.',
      never: 'It has never reported.',
    })[check.state],
  active: (check: Extract<DeliveryCheck, { kind: 'active' }>) =>
    check.verdict === 'clear' ? 'It is active.' : `Its status is ${check.status}: it reports, but skips all work.`,
  cluster: (check: Extract<DeliveryCheck, { kind: 'cluster' }>) =>
    check.reachable === null
      ? 'It has not said whether it reaches its Kubernetes API.'
      : check.reachable
        ? check.isOld
          ? 'It reached its Kubernetes API when it last reported.'
          : 'It reaches its Kubernetes API.'
        : 'It does not reach its Kubernetes API, so it can apply nothing.',
  answers: (check: Extract<DeliveryCheck, { kind: 'answers' }>) => {
    const waiting =
      check.pending === 0 ? 'It has answered every object offered to it' : `${counted(check.pending, 'object')} without an answer`;
    if (!check.answered && check.refused === 0)
      return check.pending === 0
        ? 'It has answered nothing yet.'
        : `${counted(check.pending, 'object')} without an answer; it has given none yet.`;
    return check.refused === 0
      ? `${waiting}; none of its recent answers is a refusal.`
      : `${waiting}; ${counted(check.refused, 'recent answer')} ${check.refused === 1 ? 'is a refusal' : 'are refusals'}, and a refused object is not offered again.`;
  },
};

export function deliveryWords(check: DeliveryCheck): string {
  switch (check.kind) {
    case 'consent':
      return sentences.consent(check);
    case 'reach':
      return sentences.reach(check);
    case 'reports':
      return sentences.reports(check);
    case 'active':
      return sentences.active(check);
    case 'cluster':
      return sentences.cluster(check);
    case 'answers':
      return sentences.answers(check);
  }
}
