import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedDocs } from './generated.ts';

for (const [name, text] of Object.entries(await generatedDocs())) writeFileSync(join(import.meta.dirname, '../../docs', name), text);
