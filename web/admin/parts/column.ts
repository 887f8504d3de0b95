/** A column of a table whose rows have a type: Element Plus knows rows as records of anything. */
import { ElTableColumn } from "element-plus";

type Props = Parameters<typeof ElTableColumn>[0];

export const columnOf = <T>() =>
  ElTableColumn as unknown as new () => {
    $props: Props;
    $slots: { default(given: { row: T }): unknown };
  };
