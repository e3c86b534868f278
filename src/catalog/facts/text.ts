// Text that may hold secret parts, so that no secret value is ever written into an artifact.

/** A known piece of text. */
export interface LiteralPart {
  readonly kind: 'literal';
  readonly text: string;
}

/** The value of a secret, known only where the service runs. */
export interface SecretPart {
  readonly kind: 'secret';
  /** `SecretSource.id` of the environment. */
  readonly secret: string;
  /** How the value is written here: `url` percent-encodes it, for the user-information part of a URL. */
  readonly encoding: 'none' | 'url';
}

/** Text in parts; without a secret part it is plain configuration. */
export type SecretText = readonly (LiteralPart | SecretPart)[];

/** Where the value of a secret comes from. */
export interface SecretSource {
  /** Unique in the environment, a DNS label, for example `postgres-password`. */
  readonly id: string;
  /** What it is, for a person. */
  readonly description: string;
  /** In development a random value of so many characters from A-Z a-z 0-9 is made once and kept in the ignored folder. */
  readonly generatedLength: number;
  /** In development, this text in place of a random value (an endpoint that is not secret there); null = random. */
  readonly developmentValue: string | null;
  /** The entry of the secret store, for example `daorsagro/production/financial-service`; the property inside it. */
  readonly remoteKey: string;
  readonly remoteProperty: string;
}

/** A name and a plain value, in the order in which they are written. */
export interface NameValue {
  readonly name: string;
  readonly value: string;
}
