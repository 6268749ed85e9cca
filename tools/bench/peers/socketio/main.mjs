import { Server } from 'socket.io';

/** Socket.IO as it comes, but for WebSockets alone. @type {import('../../src/rivals/push-server/main.mjs').OpenHub} */
export function openHub(server) {
  const io = new Server(server, { transports: ['websocket'] });
  io.on('connection', (socket) => void socket.join(socket.handshake.query.group));
  return { send: (to, message) => (to === 'all' ? io : io.to(to)).emit('price', message) };
}
