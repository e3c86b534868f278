// Requests to the API server: status, answer and warnings.
import { Agent, request as send } from 'node:https';

const warningText = (header) => /^\d{3} \S+ "(.*)"$/s.exec(header)?.[1].replaceAll('\\"', '"') ?? header;

/** Answers `{ request, close }`; `request(method, path, body?, type?)` answers `{ status, body, warnings }`. */
export const connect = ({ port, certificate, token }) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, ca: certificate });
  const request = (method, path, body = null, type = 'application/json') =>
    new Promise((resolve, reject) => {
      const text = body === null ? null : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(text === null ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
      };
      const call = send({ host: '127.0.0.1', port, path, method, headers, agent, timeout: 60_000 }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (part) => {
          answer += part;
        });
        response.on('error', reject);
        response.on('end', () => {
          let parsed = answer;
          try {
            parsed = JSON.parse(answer);
          } catch {
            // /readyz answers plain text.
          }
          const warnings = (response.headersDistinct.warning ?? []).map(warningText);
          resolve({ status: response.statusCode, body: parsed, warnings });
        });
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer in a minute`)));
      call.on('error', reject);
      call.end(text ?? undefined);
    });
  return { request, close: () => agent.destroy() };
};

/** What the server says of a refused request. */
export const refusal = ({ status, body }) => `refused (${status}): ${body?.message ?? String(body).slice(0, 500)}`;
