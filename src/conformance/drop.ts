import type { SchemaName } from '../compile/compiled.ts'
import { distinctSchemas, schemaOf, schemaPath } from '../compile/naming.ts'
import { inWarehouse, type Kit, type PlaceName } from './kit.ts'
import type { CheckName } from './report.ts'

const placeOf: Readonly<Record<CheckName, PlaceName | undefined>> = {
  core: undefined,
  macros: undefined,
  models: 'retailer',
  materializations: 'shop',
  readers: 'readers',
  grants: 'grants',
  kills: 'kills',
}

/** Drops every schema that the checks may have made; gives those that could not be dropped, as SQL names them. */
export async function dropEverything(kit: Kit, checks: readonly CheckName[]): Promise<readonly string[]> {
  const schemas = checks.flatMap(check => schemasIn(kit, placeOf[check]))
  const left: string[] = []
  if (schemas.length === 0) return left
  try {
    await inWarehouse(
      () => kit.open('retailer'),
      async warehouse => {
        const session = await warehouse.connect()
        session.begin({ runId: kit.newRunId(), node: 'dropping' })
        for (const schema of schemas) {
          await session
            .execute(`drop schema if exists ${schemaPath(schema)} cascade`)
            .catch(() => left.push(schemaPath(schema)))
        }
        session.close()
      },
    )
  } catch {
    return schemas.map(schemaPath)
  }
  return left
}

/** Schemas of all layers and of the engine. */
function schemasIn(kit: Kit, place: PlaceName | undefined): readonly SchemaName[] {
  if (place === undefined) return []
  const { project } = place === 'retailer' ? kit.retailer : kit.loadShop(kit.shopFolder)
  const there = kit.naming(place)
  const layers = [...project.models.values()].map(({ layer }) => there.model(layer, 'x'))
  return distinctSchemas([...layers, there.raw('x', 'x'), there.scratch('x'), there.status].map(schemaOf))
}
