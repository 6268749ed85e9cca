import 'reflect-metadata';
import { runGateway } from '@portico/gateway';
import { desktopBff } from './desktop-bff.js';

void runGateway(desktopBff);
