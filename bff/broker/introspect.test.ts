import { expect, test, vi } from 'vitest';
import { introspect } from './introspect.ts';
import { adminPak, brokerOptions, scope } from './testing/a-broker.ts';
import { agentId } from './testing/answers.ts';
import { fakeUpstream, jsonAnswer } from './testing/send.ts';

test.each([
  [
    { admin: true, agent: null, generator: null, readonly: true },
    { kind: 'admin', readonly: true },
  ],
  [
    { admin: false, agent: null, generator: agentId, readonly: false },
    { kind: 'generator', id: agentId },
  ],
  [
    { admin: false, agent: agentId, generator: null, readonly: false },
    { kind: 'agent', id: agentId },
  ],
])('introspection of %o', async (identity, kind) => {
  const { send, asked } = fakeUpstream(() => jsonAnswer(identity));
  expect(await introspect(adminPak, brokerOptions(send), scope)).toEqual(kind);
  expect(asked[0]).toMatchObject({ method: 'POST', path: '/api/v1/auth/pak', body: undefined });
});
test('a key that the broker refuses is no key, and says so without ending anybody’s session', async () => {
  const onRefused = vi.fn<() => void>();
  const { send } = fakeUpstream(() => ({ status: 401, headers: {}, bytes: new Uint8Array() }));
  expect(await introspect(adminPak, brokerOptions(send, { onRefused }), scope)).toBeUndefined();
  expect(onRefused).not.toHaveBeenCalled();
});
test.each(['a\r\nx-evil: 1', 'clé', ''])('%j cannot be a header and is not sent', async (pak) => {
  const { send, asked } = fakeUpstream(() => jsonAnswer({}));
  expect(await introspect(pak, brokerOptions(send), scope)).toBeUndefined();
  expect(asked).toHaveLength(0);
});
