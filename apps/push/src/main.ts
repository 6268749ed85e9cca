import 'reflect-metadata';
import { runPush } from './run-push.js';

await runPush();
