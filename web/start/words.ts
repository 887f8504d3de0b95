/** Words of the first page. */
export const words = {
  zh: {
    admin: "系统管理",
    account: "我的账号",
    signOut: "退出登录",
    stays: "未能退出：{problem}",
  },
  en: {
    admin: "Administration",
    account: "My account",
    signOut: "Sign out",
    stays: "Not signed out: {problem}",
  },
};
