import { aStack, type RevisionSeed } from './builders.ts';
import { aCronJob, aDaemon, aService, nodeRules, withMigration } from './yaml-samples.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
/** Oldest first: how long ago, and what. */
const history = (...told: readonly (readonly [ageSeconds: number, yaml: string])[]): RevisionSeed[] =>
  told.map(([ageSeconds, yaml]) => ({ ageSeconds, yaml }));
const own = (image: string) => `registry.example.test/${image}`;

const ledger = (tag: string, settings: Readonly<Record<string, string>>, replicas = 3) =>
  aService({ name: 'ledger', namespace: 'payments', image: own(`ledger:${tag}`), replicas, settings, streamsLogs: true });
const migrated = (tag: string, settings: Readonly<Record<string, string>>) =>
  withMigration(ledger(tag, settings), { name: 'ledger', namespace: 'payments', image: own(`ledger:${tag}`) });
const settlements = (tag: string, schedule: string) =>
  aCronJob({ name: 'settlements', namespace: 'payments', image: own(`ledger-jobs:${tag}`), schedule });
export const fraudScores = (tag: string) =>
  aService({
    name: 'fraud-scores',
    namespace: 'fraud',
    image: own(`fraud:${tag}`),
    replicas: 1,
    settings: { MODEL: 'gbm-12' },
    warmUp: 20,
  });
const ingress = (tag: string, settings: Readonly<Record<string, string>>) =>
  aDaemon({ name: 'ingress', namespace: 'ingress', image: own(`ingress:${tag}`), settings });
const shop = (image: string, replicas: number, settings: Readonly<Record<string, string>> = {}) =>
  aService({ name: 'shop-web', namespace: 'shop', image, replicas, settings: { CURRENCY: 'EUR', ...settings }, streamsLogs: true });
const cart = (tag: string) =>
  aService({ name: 'shop-cart', namespace: 'shop', image: own(`cart:${tag}`), settings: { TTL_MINUTES: '45' } });
const vpn = (tag: string) => aService({ name: 'vpn', namespace: 'vpn', image: own(`vpn:${tag}`), replicas: 1, port: 1194 });

/** Stacks of three tenants. One reaches nobody, one was retired by a deletion marker, one has an image that not every cluster admits. */
export const defaultStacks = [
  aStack({
    name: 'ledger',
    generator: 'payments',
    description: 'Ledger service, EU',
    labels: ['team:payments'],
    annotations: { tier: 'gold' },
    createdAgeSeconds: 90 * day,
    revisions: history(
      [26 * day, ledger('2.8.0', { CURRENCY: 'EUR' }, 2)],
      [21 * day, ledger('2.8.1', { CURRENCY: 'EUR' }, 2)],
      [17 * day, ledger('2.8.1', { CURRENCY: 'EUR' })],
      [12 * day, migrated('2.9.0', { CURRENCY: 'EUR', BATCH: '50' })],
      [9 * day, ledger('2.9.0', { CURRENCY: 'EUR', BATCH: '50' })],
      [5 * day, ledger('2.9.1', { CURRENCY: 'EUR', BATCH: '200' })],
      [2 * day, migrated('2.10.0', { CURRENCY: 'EUR', BATCH: '200', AUDIT: 'on' })],
      [3 * hour, ledger('2.10.1', { CURRENCY: 'EUR', BATCH: '100', AUDIT: 'on' })],
    ),
  }),
  aStack({
    name: 'ledger-jobs',
    generator: 'payments',
    description: 'Nightly settlements',
    labels: ['role:batch'],
    createdAgeSeconds: 80 * day,
    revisions: history(
      [19 * day, settlements('1.4.0', '30 2 * * *')],
      [11 * day, settlements('1.4.2', '30 2 * * *')],
      [6 * day, settlements('1.5.0', '15 2 * * *')],
      [30 * hour, settlements('1.5.1', '15 2 * * *')],
    ),
  }),
  aStack({
    name: 'fraud-scores',
    generator: 'payments',
    description: 'Scores card payments',
    createdAgeSeconds: 12 * day,
    revisions: history([11 * day, fraudScores('0.3.9')], [4 * day, fraudScores('0.4.1')], [20 * hour, fraudScores('0.4.2')]),
  }),
  aStack({
    name: 'ingress',
    generator: 'platform',
    description: 'Ingress controllers',
    labels: ['role:edge'],
    createdAgeSeconds: 150 * day,
    revisions: history(
      [24 * day, ingress('1.11.0', {})],
      [16 * day, ingress('1.11.2', {})],
      [8 * day, ingress('1.12.0', { 'proxy-body-size': '4m' })],
      [7 * day, ingress('1.11.2', {})],
      [4 * hour, ingress('1.12.1', { 'proxy-body-size': '4m' })],
    ),
  }),
  aStack({
    name: 'node-baseline',
    generator: 'platform',
    description: 'What every node gets',
    labels: ['env:prod'],
    createdAgeSeconds: 180 * day,
    revisions: history(
      [22 * day, nodeRules({ name: 'baseline', maxPods: 80, egress: ['10.0.0.0/8'] })],
      [10 * day, nodeRules({ name: 'baseline', maxPods: 110, egress: ['10.0.0.0/8'] })],
      [27 * hour, nodeRules({ name: 'baseline', maxPods: 110, egress: ['10.0.0.0/8', '192.0.2.0/24'] })],
    ),
  }),
  aStack({
    name: 'shop-web',
    generator: 'storefront',
    description: 'Web shop front',
    annotations: { oncall: 'storefront' },
    createdAgeSeconds: 60 * day,
    revisions: history(
      [20 * day, shop(own('shop:5.0.0'), 2)],
      [14 * day, shop(own('shop:5.0.3'), 2)],
      [9 * day, shop(own('shop:5.1.0'), 4)],
      [3 * day, shop(own('shop:5.1.1'), 4)],
      [26 * hour, shop(own('shop:5.1.1'), 4, { BANNER: 'winter' })],
      [40 * minute, shop('images.partner.example/shop:5.2.0', 4, { BANNER: 'winter' })],
    ),
  }),
  aStack({
    name: 'shop-cart',
    generator: 'storefront',
    createdAgeSeconds: 45 * day,
    revisions: history([18 * day, cart('3.3.5')], [6 * day, cart('3.3.6')], [33 * hour, cart('3.3.7')]),
  }),
  aStack({
    name: 'legacy-vpn',
    generator: 'platform',
    description: 'Retired',
    labels: ['role:till'],
    createdAgeSeconds: 210 * day,
    revisions: [...history([28 * day, vpn('2.3.0')], [15 * day, vpn('2.3.4')]), { ageSeconds: 5 * hour, yaml: '', isDeletionMarker: true }],
  }),
  aStack({
    name: 'audit-archive',
    generator: 'payments',
    description: 'Waits for its first agent',
    labels: ['role:archive'],
    createdAgeSeconds: 8 * day,
    revisions: history(
      [8 * day, aService({ name: 'archive', namespace: 'payments', image: own('archive:0.1.0'), replicas: 1 })],
      [7 * day, aService({ name: 'archive', namespace: 'payments', image: own('archive:0.1.1'), replicas: 1 })],
      [2 * day, aService({ name: 'archive', namespace: 'payments', image: own('archive:0.2.0'), replicas: 2 })],
    ),
  }),
];
