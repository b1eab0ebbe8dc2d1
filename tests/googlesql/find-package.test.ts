import { expect, test } from 'vitest'
import { findGoogleSqlPackage, packageName, requireGoogleSqlPackage } from '../../src/googlesql/find-package.ts'
import { folderOf } from '../support/project.ts'

const json = (value: object): string => JSON.stringify(value)

test("Where Google's analyzer is not installed, the error says how to install it", () => {
  const folder = folderOf({ 'package.json': '{}' })
  expect(findGoogleSqlPackage([folder])).toBeUndefined()
  expect(() => requireGoogleSqlPackage([folder])).toThrow(`npm install --save-dev ${packageName}`)
})

test('The first folder that has the package gives it', () => {
  const at = `node_modules/${packageName}`
  const first = folderOf({ 'package.json': '{}' })
  const second = folderOf({ [`${at}/package.json`]: json({ name: packageName, version: '1.13.0' }) })
  const third = folderOf({ [`${at}/package.json`]: json({ name: packageName, version: '1.2.0' }) })
  const found = findGoogleSqlPackage([first, second, third])!
  expect(found.version).toBe('1.13.0')
  expect(found.program.startsWith(`${second}/`)).toBe(true)
})

test('A package without a program for this machine is refused', () => {
  const folder = folderOf({ [`node_modules/${packageName}/package.json`]: json({ version: '1.13.0' }) })
  expect(() => requireGoogleSqlPackage([folder])).toThrow(`has no program for ${process.platform} ${process.arch}`)
})
