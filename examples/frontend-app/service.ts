// The declaration of service.yaml beside this file, in TypeScript: the output is the same, byte for byte.
import type { ServiceDeclaration } from '@daorsagro/groundwork';

export default {
  name: 'frontend-app',
  owner: 'team-web',
  description: "The farmers' web application",
  runtime: { static: { output: 'dist' } },
  http: { port: 8080, public: { host: 'daorsagro.com' }, publish: 8080 },
  config: { VITE_API_URL: 'https://api.daorsagro.com' },
  size: { cpu: '50m..500m', memory: '128Mi..256Mi' },
} satisfies ServiceDeclaration;
