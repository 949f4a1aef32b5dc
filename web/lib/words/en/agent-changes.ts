import type { AgentRow } from '#contract/agents.ts';
import { counted } from '#web/lib/numbers.ts';

/** What can be done to an agent as a whole, and what follows from it. */
export const agentChanges = {
  create: {
    open: 'Create agent',
    title: 'Create agent',
    nameNoun: 'name',
    clusterNoun: 'cluster name',
    name: 'Name',
    nameHint: 'As its process will call itself; unique within the cluster.',
    cluster: 'Cluster',
    clusterHint: 'Free text; agents of one cluster share it.',
    generators: 'Generators',
    generatorsHint: 'Only stacks of generators it is registered with can reach it. More can be added later.',
    moreGenerators: 'The first 200 by name. Register it with others later.',
    noGenerators: 'No generators yet',
    generatorsNotRead: 'The list of generators was not read; register the agent later.',
    tooManyGenerators: 'At most 100 generators at once; register the rest later.',
    submit: 'Create agent',
    consequence: 'It starts inactive, and its key is shown once.',
    failed: 'Agent not created',
    openExisting: 'Open the agent',
  },
  created: (name: string) => `${name} is created`,
  key: {
    of: (name: string) => `Key of ${name}`,
    where: 'Copy it to where the agent process reads it. The console does not keep it.',
    needsActivation: (name: string) => `${name} needs activation: until then it takes up no work.`,
    activated: 'Activated. It takes up work on its next poll.',
    leaving: (name: string) => ({
      title: `Leave without the key of ${name}?`,
      body: 'It has not been copied and cannot be shown again. Only a rotation gives a new one.',
      go: 'Leave without it',
      stay: 'Stay',
    }),
  },

  activate: 'Activate',
  activated: (name: string) => `${name} is active`,
  notActivated: 'Not activated',
  deactivate: {
    open: 'Deactivate…',
    title: (name: string) => `Deactivate ${name}?`,
    confirm: 'Deactivate',
    cancel: 'Keep it active',
    done: (name: string) => `${name} is inactive`,
    failed: 'Not deactivated',
    consequences: ({ pendingObjects, claimedWorkOrders }: Pick<AgentRow, 'pendingObjects' | 'claimedWorkOrders'>): string[] => [
      'It stops taking up revisions, work orders, health checks and diagnostics. It goes on reporting.',
      'Nothing is rolled back: what runs in its cluster goes on running, and its health is no longer told.',
      pendingObjects === 0
        ? 'Objects submitted from now on wait until it is active again.'
        : `${counted(pendingObjects, 'object')} without an answer ${pendingObjects === 1 ? 'waits' : 'wait'} until it is active again.`,
      ...(claimedWorkOrders === 0
        ? []
        : [
            `${counted(claimedWorkOrders, 'work order')} it has claimed may not finish; the broker hands ${claimedWorkOrders === 1 ? 'it' : 'them'} out again after the claim time-out.`,
          ]),
    ],
  },
  rename: {
    open: 'Rename…',
    title: (name: string) => `Rename ${name}`,
    submit: 'Rename',
    nothingChanged: 'Nothing is changed yet.',
    done: (name: string) => `Renamed to ${name}`,
    failed: 'Not renamed',
    consequence:
      'The agent process finds itself by name and cluster: change its configuration too, or it no longer finds its record when it restarts.',
  },
  rotate: {
    open: 'Rotate key…',
    title: (name: string) => `Rotate the key of ${name}?`,
    confirm: 'Rotate key',
    cancel: 'Keep the key',
    failed: 'Key not rotated',
    consequences: [
      'The present key ends at once on this broker, and the socket opened with it is closed.',
      'The agent stays out until its process has the new key, which is shown once.',
    ],
    socketTerm: 'Socket since',
    noSocket: 'none open',
    messagesTerm: 'Messages',
    done: (name: string) => `New key of ${name}`,
    oldEnded: 'The old key has ended. The agent reports again once its process uses this one.',
    outside:
      'A key rotated outside this console may still work for up to 60 s on another broker process, and sockets opened with it stay open: the socket above is what this broker says now.',
  },
  remove: {
    open: 'Delete…',
    title: (name: string) => `Delete ${name}?`,
    confirm: 'Delete agent',
    cancel: 'Keep it',
    done: (name: string) => `${name} is deleted`,
    failed: 'Not deleted',
    consequences: [
      'Its key ends and its socket is closed. There is no undo.',
      'Nothing is removed from its cluster: what it applied goes on running with nobody watching.',
      'Its events leave the broker. Name and cluster may be used again, by an agent with a new id.',
    ],
  },

  changedMeanwhile: {
    title: (name: string) => `${name} was changed meanwhile`,
    text: 'Your change was not sent; what you typed is kept. A field you did not touch now has their value; saving again sends what stands in the fields.',
    sendAgain: 'Yours was not sent and is kept in the field. Sending it again adds it to what is there now.',
    goesOn: 'Nothing was sent. Look at what it is now; confirming again goes on from there.',
    field: 'Field',
    yours: 'Yours',
    looked: 'When you looked',
    now: 'Now on the broker',
    sendAnyway: 'Send mine on top',
    takeTheirs: 'Keep theirs',
    takeThis: 'Take theirs',
    takeTheirsOf: (field: string) => `Take theirs: ${field}`,
    same: 'same on both sides',
    theirsStands: 'changed by them alone, and taken over:',
    marks: { added: 'added by them', removed: 'removed by them', yours: 'yours, not sent', same: 'unchanged' },
  },
} as const;
