/** Words of the departments. */
export const departments = {
  zh: {
    title: "部门",
    hint: "数据源、指标与数据范围都以部门编码为准。编码一经使用不可更改。",
    add: "新增部门",
    code: "编码",
    codeHint: "如 TRANS",
    taken: "这个编码已被使用",
    nameZh: "中文名称",
    nameEn: "英文名称",
    rename: "改名",
    renameOf: "部门改名：{code}",
    empty: "没有登记的部门",
  },
  en: {
    title: "Departments",
    hint: "Feeds, indicators and scopes name departments by code. A code stays as it is.",
    add: "New department",
    code: "Code",
    codeHint: "such as TRANS",
    taken: "This code is in use",
    nameZh: "Chinese name",
    nameEn: "English name",
    rename: "Rename",
    renameOf: "Rename the department {code}",
    empty: "No departments are registered",
  },
};
