// Preloaded into a child that waits for its start (`node --import`): loads the packages of its bundle, which takes longer than all the rest, and then waits.
import { once } from 'node:events';
import { startMessage, warmUpVariable } from './warm-up.mjs';

const { [warmUpVariable]: packages } = process.env;
delete process.env[warmUpVariable];
// Nothing else keeps a process alive that waits.
process.channel?.ref();
const start = once(process, 'message');
// A package that does not load is the bundle's to complain about.
if (packages) await import(packages).catch(() => {});
const [message] = await start;
if (message !== startMessage) throw new Error('The launcher said something else than to start');
process.channel?.unref();
