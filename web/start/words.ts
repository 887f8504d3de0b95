/** Words of the first page. */
export const words = {
  zh: {
    phone: "移动上报",
    inbox: "部门待办",
    admin: "系统管理",
    hidden: "您的角色不查看大屏；请从上方进入您的工作页面。",
    account: "我的账号",
    signOut: "退出登录",
    stays: "未能退出：{problem}",
  },
  en: {
    phone: "Phone page",
    inbox: "Department inbox",
    admin: "Administration",
    hidden: "Your role looks at no screens; your pages are linked above.",
    account: "My account",
    signOut: "Sign out",
    stays: "Not signed out: {problem}",
  },
};
