import { adminOrAgent, anyone, type Caller } from './caller.ts';
import { parseJson } from './json-text.ts';
import { boolean as booleanParameter, query, text } from './query.ts';
import { created, ok, refuse, type Reply } from './replies.ts';
import type { Call, On } from './router.ts';
import type { DeploymentObject } from './rows.ts';
import { sha256 } from './sha256.ts';
import { boolean, defaulted, located, required, ShapeError, string, struct } from './shapes.ts';
import { ownStack, stackWire } from './stacks.ts';
import { rfc3339, rfc3339OrNull } from './time.ts';
import { isBlank } from './white-space.ts';
import type { World } from './world.ts';
import { yamlFault } from './yaml-check.ts';

const newObject = struct('CreateDeploymentObjectRequest', {
  yaml_content: required(string),
  is_deletion_marker: defaulted(boolean, false),
});
/** Compared as they are spelled: to the broker `Application/YAML` is another type. */
const yamlTypes = new Set(['application/yaml', 'application/x-yaml', 'text/yaml']);
const isYaml = (mediaType: string) => yamlTypes.has(mediaType.split(';')[0]?.trim() ?? '');

const wire = (row: DeploymentObject) => ({
  id: row.id,
  created_at: rfc3339(row.created_at),
  updated_at: rfc3339(row.updated_at),
  deleted_at: rfc3339OrNull(row.deleted_at),
  sequence_id: row.sequence_id,
  stack_id: row.stack_id,
  yaml_content: row.yaml_content,
  yaml_checksum: row.yaml_checksum,
  submitted_at: rfc3339(row.created_at),
  is_deletion_marker: row.is_deletion_marker,
});
type Submitted = ReturnType<typeof newObject>;
const invalid = (message: string) => refuse(400, 'invalid_deployment_object', message);

function submitted({ raw, header }: Call, isMarker: boolean): Submitted {
  if (isYaml(header('content-type') ?? '')) {
    try {
      return { yaml_content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw), is_deletion_marker: isMarker };
    } catch {
      return invalid('request body is not valid UTF-8');
    }
  }
  const document = parseJson(raw);
  try {
    const parsed = newObject(document.root, '');
    const rest = document.bytes.subarray(document.end).findIndex((byte) => ![32, 9, 10, 13].includes(byte));
    if (rest >= 0) throw new ShapeError('syntax', '', 'trailing characters', document.end + rest + 1);
    return parsed;
  } catch (error) {
    if (error instanceof ShapeError) return invalid(`invalid JSON body: ${located(error, document, { withPath: false })}`);
    throw error;
  }
}
/** A marker may be empty; whatever is there must hold a document. */
function validate({ yaml_content: content, is_deletion_marker: isMarker }: Submitted): void {
  if (isBlank(content)) {
    if (!isMarker) invalid('YAML content cannot be empty');
    return;
  }
  const fault = yamlFault(content);
  if (fault !== undefined) invalid(fault);
}
export function storeObject(world: World, stackId: string, submission: Submitted, at = world.stamp()): DeploymentObject {
  return world.objects.add({
    id: world.chance.uuid(),
    created_at: at,
    updated_at: at,
    deleted_at: null,
    sequence_id: world.nextSequence(),
    stack_id: stackId,
    yaml_checksum: sha256(submission.yaml_content),
    ...submission,
  });
}
/** A revision comes in now: agents it is explicitly targeted at are told, others find it when they look. */
export function submitObject(world: World, stackId: string, submission: Submitted): DeploymentObject {
  const object = storeObject(world, stackId, submission);
  const stack = world.stacks.get(stackId);
  for (const target of world.targets.in('stack', stackId)) if (stack) world.nudge(target.agent_id, 'stack_changed', stackWire(stack));
  world.submitted(object);
  return object;
}

export function deploymentObjects(on: On, world: World): void {
  function mayRead(caller: Caller, { stack_id: stackId }: DeploymentObject): void {
    if (caller.kind === 'generator' && world.stacks.get(stackId)?.generator_id !== caller.id) {
      refuse(403, 'generator_not_associated', 'generator is not associated with this deployment object');
    }
    if (caller.kind === 'agent' && !world.targets.in('agent', caller.id).some((row) => row.stack_id === stackId)) {
      refuse(403, 'agent_not_associated', 'agent is not associated with this deployment object');
    }
  }

  on('GET /api/v1/stacks/{id}/deployment-objects', anyone, ({ id, caller }) => {
    ownStack(world, caller, id);
    const live = world.objects.in('stack', id).filter((object) => object.deleted_at === null);
    world.metrics.set('brokkr_deployment_objects_total', live.length); // of this one stack: the broker's own mistake
    return ok(live.toSorted((a, b) => b.sequence_id - a.sequence_id).map(wire));
  });
  const marker = { takesBytes: true as const, query: query({ deletion_marker: booleanParameter }) };
  on('POST /api/v1/stacks/{id}/deployment-objects', anyone, marker, ({ id, query: { deletion_marker: isMarker = false }, ...call }) => {
    ownStack(world, call.caller, id);
    const submission = submitted(call, isMarker);
    validate(submission);
    return created(wire(submitObject(world, id, submission)));
  });
  on('GET /api/v1/deployment-objects/{id}', anyone, ({ id, caller, header }): Reply => {
    const object = world.objects.get(id);
    if (object?.deleted_at !== null) return refuse(404, 'deployment_object_not_found', 'deployment object not found');
    mayRead(caller, object);
    if (!(header('accept') ?? '').split(',').some(isYaml)) return ok(wire(object));
    return { status: 200, type: 'application/yaml', body: object.yaml_content };
  });
  on('GET /api/v1/agents/{id}/target-state', adminOrAgent, { query: query({ mode: text }) }, ({ id, query: { mode } }) =>
    ok(world.targeting.state(id, mode === 'full' ? 'full' : 'incremental').map(wire)),
  );
}
