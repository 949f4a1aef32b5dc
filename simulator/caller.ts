import { refuse } from './replies.ts';

export type Caller = { kind: 'admin'; isReadOnly: boolean } | { kind: 'generator'; id: string } | { kind: 'agent'; id: string };
/** Judges a caller over the resource named by the path's `{id}`. @throws Refusal */
export type Who = (caller: Caller, id: string) => void;

/** Whoever has a valid PAK; the handler judges, where existence comes before permission. */
export const anyone: Who = () => undefined;
export const admin: Who = ({ kind }) => {
  if (kind !== 'admin') refuse(403, 'admin_required', 'admin access required');
};
const orOwn =
  (kind: 'agent' | 'generator', code: string, message: string): Who =>
  (caller, id) => {
    if (caller.kind !== 'admin' && !(caller.kind === kind && caller.id === id)) refuse(403, code, message);
  };
export const adminOrAgent = orOwn('agent', 'agent_pak_mismatch', 'not authorized for this agent');
/** The same for what agents alone do, in other words. */
export const adminOrReporter = orOwn('agent', 'agent_pak_mismatch', 'agent PAK does not match the agent ID');
export const adminOrGenerator = (to: string) => orOwn('generator', 'generator_not_owned', `not authorized to ${to}`);
/** The agent itself and nobody else, admin included. */
export const agentOnly: Who = (caller, id) => {
  if (caller.kind !== 'agent' || caller.id !== id) refuse(403, 'agent_pak_mismatch', 'agent PAK does not match the agent ID');
};
