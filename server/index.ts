/** `npm start`: the dashboard with its defaults; PORT and HOST may say otherwise. */
import { DEFAULT_PORT } from './cli/arguments.ts';
import { runCli } from './cli/main.ts';
import { serve } from './serve.ts';

const words = process.argv.slice(2);
const port = Number(process.env.PORT);

process.exitCode =
  words.length > 0
    ? await runCli(['serve', ...words])
    : await serve({
        host: process.env.HOST || '127.0.0.1',
        port: Number.isInteger(port) && port > 0 ? port : DEFAULT_PORT,
        nextPorts: !process.env.PORT,
        publicUrl: null,
        data: null,
        record: true,
      });
process.exit();
