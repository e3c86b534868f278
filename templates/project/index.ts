// A server that is alive, is ready and ends well: replace what it answers. This file is yours; it was written once.
import { createServer } from 'node:http';
import { environment } from './env.generated';

const { PORT } = environment();

const server = createServer((request, response) => {
  const isHealth = request.url === '/live' || request.url === '/ready';
  response.writeHead(isHealth ? 200 : 404, { 'content-type': 'text/plain' }).end(isHealth ? 'ok\n' : 'not found\n');
});

// Kubernetes and compose end a container by SIGTERM: open requests are answered, then the process is done.
process.on('SIGTERM', () => {
  server.close();
  server.closeIdleConnections();
});

server.listen(PORT);
