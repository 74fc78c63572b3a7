#!/usr/bin/env node
// The `heatprobe` command: brings what it needs on first use, then runs the compiled program.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/cli.js', import.meta.url);

if (!existsSync(fileURLToPath(program))) {
  console.error('heatprobe: not built yet; run "npm run build" first (or "npm start", which does it).');
  process.exit(2);
}
await import(program.href);
