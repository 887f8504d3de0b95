/**
 * Who may see a camera, and open its picture (domain.md §10). Its 共享范围 says
 * who may beside the department that it belongs to (docs/decisions/0007):
 *
 * - `public`, `all`, `city`, 全市共享, 公开: every department of the city;
 * - `none`, 不共享: nobody, and no wall that shows more than that department;
 * - empty, `department`, `owner`, 部门共享 and every other word: nobody.
 */
import { sees, type DataScope, type Whose } from "../../contract/data-scope.ts";
import type { Camera } from "../../contract/camera.ts";
import type { Principal } from "./principal.ts";

const EVERY_DEPARTMENT: ReadonlySet<string> = new Set([
  ...["public", "all", "city"],
  ...["全市共享", "全市", "公开", "公共"],
]);
const NOBODY: ReadonlySet<string> = new Set(["none", "private", "不共享"]);

type Shared = Pick<Camera, "department" | "shareScope"> & {
  district: string | null;
};

const whoseCamera = ({ department, district }: Shared): Whose => ({
  departments: department === undefined ? [] : [department],
  district,
});
const wordOf = ({ shareScope }: Shared) => shareScope.trim().toLowerCase();

/** Is it within a scope: in lists, rooms and on maps? */
export function seesCamera(scope: DataScope, camera: Shared): boolean {
  const { departments, districts } = scope;
  // Who sees no department's rows sees those of every department as little.
  const isShared =
    departments?.length !== 0 && EVERY_DEPARTMENT.has(wordOf(camera));
  const wanted = isShared ? { departments: null, districts } : scope;
  return sees(wanted, whoseCamera(camera));
}

/** May somebody who may open video open this one? */
export function mayOpen(
  { kind, view }: Pick<Principal, "kind" | "view">,
  camera: Shared,
): boolean {
  if (!seesCamera(view, camera)) return false;
  if (kind === "person" || !NOBODY.has(wordOf(camera))) return true;
  // Who stands before a wall is nobody's to know.
  return view.departments?.every((code) => code === camera.department) ?? false;
}
