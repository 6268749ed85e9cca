export { FakeService, startFakeService, type FakeHandler, type SeenRequest } from './fake-service.js';
export { freePorts } from './free-ports.js';
export { ManualClock, settle } from './manual-clock.js';
export { startRawServer, type RawHandler, type RawServer } from './raw-server.js';
export { realProgram, type RealProgramPlan } from './real-program.js';
export { realServer, type RealServer, type RealServerPlan } from './real-server.js';
export { testContext } from './test-context.js';
