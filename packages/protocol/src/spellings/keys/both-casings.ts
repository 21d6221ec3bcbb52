import { Type, type TObject, type TProperties } from 'typebox'

/** How .NET writes a property: `webChatSessionId` → `WebChatSessionId`. */
export function dotnetCasing(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

/** A body of which each key may be written in both casings, and none other. */
export function inBothCasings(fields: TProperties): TObject {
  return Type.Object(bothCasings(fields), { additionalProperties: false })
}

/** The fields, all optional, each also by the name that .NET gives it. */
function bothCasings(fields: TProperties): TProperties {
  const names = Object.entries(fields).flatMap(([name, schema]) => [[name, Type.Optional(schema)], [dotnetCasing(name), Type.Optional(schema)]] as const)
  return Object.fromEntries(names)
}

/** These names and what .NET makes of them. */
export function namesInBothCasings(...names: readonly string[]): readonly string[] {
  return names.flatMap((name) => [name, dotnetCasing(name)])
}
