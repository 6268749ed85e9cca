// Asks the app of this container whether it can be used: HEALTH_URL says where. It runs every few seconds, so it loads as little as it can.
import { get } from 'node:http';

const request = get(process.env.HEALTH_URL ?? `http://127.0.0.1:${process.env.PORT}/health/ready`, { timeout: 4_000 }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1));
request.on('timeout', () => process.exit(1)).on('error', () => process.exit(1));
