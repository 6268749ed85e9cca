import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { runGateway } from '@portico/gateway';
import { BenchConfig } from './bench.config.js';
import { BenchModule } from './bench.module.js';
import { pipeline } from './pipeline.js';

// How much a thousand routes cost is measured with another file.
const routeFile = process.env.BENCH_ROUTES ?? fileURLToPath(new URL('../gateway.yaml', import.meta.url));

void runGateway({ name: 'bench-bff', config: BenchConfig, module: BenchModule, pipeline, routeFiles: [routeFile] });
