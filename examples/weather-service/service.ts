// The declaration of service.yaml beside this file, in TypeScript: the output is the same, byte for byte.
import type { ServiceDeclaration } from '@daorsagro/groundwork';

export default {
  name: 'weather-service',
  owner: 'team-iot',
  http: { port: 3009 },
} satisfies ServiceDeclaration;
