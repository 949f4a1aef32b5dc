export { agents } from './agents.ts';
export { audit } from './audit.ts';
export { fieldFaults } from './field-faults.ts';
export { fleet } from './fleet.ts';
export { link } from './link.ts';
export { session } from './session.ts';
export { shell } from './shell.ts';
export { ui } from './ui.ts';
