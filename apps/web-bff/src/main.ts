import 'reflect-metadata';
import { runGateway } from '@portico/gateway';
import { webBff } from './web-bff.js';

void runGateway(webBff);
