/**
 * Whose a camera's picture is (domain.md §10). A camera's 共享范围 says who may
 * open it beside the department that it belongs to:
 *
 * - empty, `public`, `all`, `city`, 全市共享, 公开: every department of the city;
 * - `none`, 不共享: nobody, and no wall that shows more than that department;
 * - `department`, `owner`, 部门共享 and every other word: nobody.
 */
import { sees, type Whose } from "../../contract/data-scope.ts";
import type { Camera } from "../../contract/camera.ts";
import type { Principal } from "./principal.ts";

const EVERY_DEPARTMENT: ReadonlySet<string> = new Set([
  ...["", "public", "all", "city"],
  ...["全市共享", "全市", "公开", "公共"],
]);
const NOBODY: ReadonlySet<string> = new Set(["none", "private", "不共享"]);

type Shared = Pick<Camera, "department" | "shareScope"> & {
  district: string | null;
};

/** Whose row a camera is in lists and rooms. */
export const whoseCamera = ({ department, district }: Shared): Whose => ({
  departments: department === undefined ? [] : [department],
  district,
});

/** May somebody who may open video open this one? A wall opens only what lies within its view. */
export function maySee(
  { kind, view }: Pick<Principal, "kind" | "view">,
  camera: Shared,
): boolean {
  const word = camera.shareScope.trim().toLowerCase();
  const isWithin = sees(view, whoseCamera(camera));
  if (kind === "person")
    return (
      isWithin ||
      (EVERY_DEPARTMENT.has(word) &&
        sees({ ...view, departments: null }, whoseCamera(camera)))
    );
  const isOwners = view.departments?.every(
    (code) => code === camera.department,
  );
  return isWithin && (isOwners === true || !NOBODY.has(word));
}
