// Makes the development secrets, then the certificates that the manifest names: `node certificates.mjs MANIFEST FOLDER`.
//
// FOLDER/ca.crt is the authority to trust on this machine; FOLDER/values/ca.key is its key, and no other name than those of
// the manifest can be signed with it. FOLDER/certificates/CONTAINER holds tls.crt, tls.key, both in tls-combined.pem, and
// ca.crt, which FOLDER/authority holds for who presents no certificate. All are kept until they are nearly over.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import './secrets.mjs';

const [manifestFile, root] = process.argv.slice(2);
const { certificates } = JSON.parse(readFileSync(manifestFile, 'utf8'));
const owner = statSync(root);
const day = 24 * 60 * 60 * 1000;
const now = Date.now();

// --- DER, the encoding of certificates: https://www.itu.int/rec/T-REC-X.690
const length = (size) => {
  if (size < 128) return Buffer.from([size]);
  const bytes = Buffer.from(size.toString(16).padStart(2 * Math.ceil(size.toString(16).length / 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([128 + bytes.length]), bytes]);
};
const tagged = (tag, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
};
const sequence = (...parts) => tagged(0x30, ...parts);
const boolean = (value) => tagged(0x01, Buffer.from([value ? 255 : 0]));
const octets = (bytes) => tagged(0x04, bytes);
const utf8 = (text) => tagged(0x0c, Buffer.from(text, 'utf8'));
// A bit string says first how many bits at its end do not count.
const bits = (bytes, unused = 0) => tagged(0x03, Buffer.from([unused]), bytes);
const explicit = (number, part) => tagged(0xa0 + number, part);
const implicit = (number, bytes) => tagged(0x80 + number, bytes);
// A first bit of one would make it negative.
const positive = (bytes) => tagged(0x02, bytes[0] > 127 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);

const base128 = (value) => {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(128 + (rest % 128));
  return digits;
};
const identifier = (dotted) => {
  const [first, second, ...others] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
};

// RFC 5280, 4.1.2.5: two digits of the year until 2049, four from 2050 on.
const time = (milliseconds) => {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+/g, '');
  return Number(digits.slice(0, 4)) < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : tagged(0x18, Buffer.from(digits, 'latin1'));
};

// --- Certificates: https://www.rfc-editor.org/rfc/rfc5280
const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'));
// Longer ones are no common names: RFC 5280, ub-common-name.
const commonName = (text) => sequence(tagged(0x31, sequence(identifier('2.5.4.3'), utf8(text.slice(0, 64)))));
const extension = (dotted, critical, value) =>
  sequence(identifier(dotted), ...(critical ? [boolean(true)] : []), octets(value));

const publicDer = (key) => key.export({ type: 'spki', format: 'der' });
const keyIdentifier = (key) => createHash('sha1').update(publicDer(key)).digest();
const address = (text) => {
  if (isIP(text) === 4) return Buffer.from(text.split('.').map(Number));
  throw new Error(`no certificate for ${text}: only names and IPv4 addresses`);
};
const generalName = (host) =>
  isIP(host) === 0 ? implicit(2, Buffer.from(host, 'latin1')) : implicit(7, address(host));
// In a constraint an address is a network: the address and a mask of all ones.
const constraint = (host) =>
  sequence(
    isIP(host) === 0
      ? generalName(host)
      : implicit(7, Buffer.concat([address(host), Buffer.from([255, 255, 255, 255])])),
  );

// Names are cert-manager's: https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.KeyUsage
const purposes = { 'server auth': '1.3.6.1.5.5.7.3.1', 'client auth': '1.3.6.1.5.5.7.3.2' };

const extensions = {
  authority: ({ key, hosts }) => [
    extension('2.5.29.19', true, sequence(boolean(true), positive(Buffer.from([0])))),
    // keyCertSign, cRLSign
    extension('2.5.29.15', true, bits(Buffer.from([0b00000110]), 1)),
    extension('2.5.29.14', false, octets(keyIdentifier(key))),
    extension('2.5.29.30', true, sequence(explicit(0, Buffer.concat(hosts.map(constraint))))),
  ],
  server: ({ key, hosts, usages, issuerKey }) => [
    extension('2.5.29.19', true, sequence()),
    // digitalSignature
    extension('2.5.29.15', true, bits(Buffer.from([0b10000000]), 7)),
    extension('2.5.29.37', false, sequence(...usages.map((usage) => identifier(purposes[usage])))),
    extension('2.5.29.17', false, sequence(...hosts.map(generalName))),
    extension('2.5.29.14', false, octets(keyIdentifier(key))),
    extension('2.5.29.35', false, sequence(implicit(0, keyIdentifier(issuerKey)))),
  ],
};

const certificate = ({ subject, issuer, key, signingKey, days, list }) => {
  const body = sequence(
    explicit(0, positive(Buffer.from([2]))),
    positive(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    commonName(issuer),
    // An hour back, for machines whose clock is behind.
    sequence(time(now - day / 24), time(now - day / 24 + days * day)),
    commonName(subject),
    publicDer(key),
    explicit(3, sequence(...list)),
  );
  const signed = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, signingKey)));
  const lines = signed.toString('base64').match(/.{1,64}/g);
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
};

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = (privateKey) => privateKey.export({ type: 'pkcs8', format: 'pem' });

// --- Files, which belong to whoever owns FOLDER, as those of secrets.mjs.
const giveToOwner = (path) => {
  try {
    chownSync(path, owner.uid, owner.gid);
  } catch (error) {
    if (error.code !== 'EPERM') throw error;
  }
};
const write = (path, text, mode) => {
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  writeFileSync(partial, text, { mode: 0o600 });
  chmodSync(partial, mode);
  giveToOwner(partial);
  renameSync(partial, path);
};
const makeFolder = (path, mode) => {
  if (mkdirSync(path, { recursive: true }) === undefined) return;
  chmodSync(path, mode);
  giveToOwner(path);
};
const readOrNull = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return null;
  }
};

const named = (name) => {
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(name)) throw new Error(`not a file name: ${JSON.stringify(name)}`);
  return name;
};

const { authority, days, renewDaysBefore, folders } = certificates;

/** The pair that is there, if it fits and lasts: null when a new one is due. */
const kept = (certificateFile, keyFile, fits) => {
  const [text, key] = [readOrNull(certificateFile), readOrNull(keyFile)];
  if (text === null || key === null) return null;
  try {
    const found = new X509Certificate(text);
    const lasts = Date.parse(found.validTo) - now > renewDaysBefore * day;
    const privateKey = createPrivateKey(key);
    return lasts && found.checkPrivateKey(privateKey) && fits(found) ? { found, privateKey } : null;
  } catch {
    // What cannot be read is made anew.
    return null;
  }
};

/** Replaced only by something else: what is mounted is read when a container starts. */
const keep = (path, text, mode) => {
  if (readOrNull(path) !== text) write(path, text, mode);
};

const allHosts = [...new Set(folders.flatMap(({ hosts }) => hosts))];
const authorityFile = join(root, 'ca.crt');
const authorityKeyFile = join(root, 'values', 'ca.key');
const namesFile = join(root, 'values', 'ca.names');
const names = JSON.stringify(allHosts);

/** The key outlives the certificate, so that what was signed with it, and runs with it, is trusted by who starts later. */
const authorityKey = () => {
  const text = readOrNull(authorityKeyFile);
  try {
    if (text !== null) return createPrivateKey(text);
  } catch {
    // What cannot be read is made anew.
  }
  const { privateKey } = newKey();
  write(authorityKeyFile, pem(privateKey), 0o600);
  return privateKey;
};

const makeAuthority = () => {
  const privateKey = authorityKey();
  const key = createPublicKey(privateKey);
  const text = certificate({
    subject: authority,
    issuer: authority,
    key,
    signingKey: privateKey,
    days,
    list: extensions.authority({ key, hosts: allHosts }),
  });
  write(authorityFile, text, 0o444);
  write(namesFile, names, 0o600);
  return { found: new X509Certificate(text), privateKey };
};

const issuer =
  (readOrNull(namesFile) === names && kept(authorityFile, authorityKeyFile, () => true)) || makeAuthority();
const authorityText = readFileSync(authorityFile, 'utf8');

makeFolder(join(root, 'authority'), 0o755);
keep(join(root, 'authority', 'ca.crt'), authorityText, 0o444);

// As with the files of secrets: nobody else on this machine gets past this folder, and a container sees its own only.
makeFolder(join(root, 'certificates'), 0o700);

for (const { name, hosts, usages } of folders) {
  const folder = join(root, 'certificates', named(name));
  makeFolder(folder, 0o755);
  const certificateFile = join(folder, 'tls.crt');
  const keyFile = join(folder, 'tls.key');
  const fits = (found) =>
    found.verify(issuer.found.publicKey) &&
    hosts.every((host) => (isIP(host) === 0 ? found.checkHost(host) : found.checkIP(host)) !== undefined) &&
    usages.every((usage) => found.keyUsage.includes(purposes[usage]));
  if (kept(certificateFile, keyFile, fits) === null) {
    const { publicKey, privateKey } = newKey();
    write(keyFile, pem(privateKey), 0o444);
    write(
      certificateFile,
      certificate({
        subject: name,
        issuer: authority,
        key: publicKey,
        signingKey: issuer.privateKey,
        days,
        list: extensions.server({ key: publicKey, hosts, usages, issuerKey: createPublicKey(issuer.privateKey) }),
      }),
      0o444,
    );
  }
  keep(join(folder, 'tls-combined.pem'), readFileSync(keyFile, 'utf8') + readFileSync(certificateFile, 'utf8'), 0o444);
  keep(join(folder, 'ca.crt'), authorityText, 0o444);
}
