/** A part of the default catalogue, for previews only; the hub's own comes by the door. */
import type { Indicator } from "../../contract/indicator.ts";
import { MINUTE } from "../../contract/time.ts";

/**
 * theme | in English | id | name | in English | unit | direction |
 * blue yellow orange red (`+`: deviation in %) | minutes | decimals | owner
 */
const table = `
城市运行 | City operation | city.healthIndex | 城市运行体征指数 | City vital-sign index | score | H | 85 75 65 55 | 5 | 1 | CITYOPS
城市运行 | City operation | city.openIncidents | 在办事件数 | Open incidents | count | L | +20 50 100 200 | 1 | 0 | CITYOPS
城市运行 | City operation | city.onTimeCloseRate | 按期办结率 | On-time closing rate | % | H | 95 90 85 80 | 60 | 1 | CITYOPS
城市运行 | City operation | city.overdueOpen | 超期未结事件数 | Overdue open events | count | L | 1 5 10 20 | 1 | 0 | CITYOPS
城市运行 | City operation | city.iotOnlineRate | 物联设备在线率 | IoT online rate | % | H | 95 90 85 75 | 5 | 1 | CITYOPS
城市运行 | City operation | city.feedFreshRate | 数据按时到达率 | Feed timeliness | % | H | 98 95 90 80 | 5 | 1 | CITYOPS
交通 | Transport | traf.congestionIndex | 交通运行指数 | Traffic performance index |  | L | 4 6 7 8 | 5 | 1 | TRANS
交通 | Transport | traf.arterialSpeed | 主干路平均车速 | Mean arterial speed | km/h | H | 30 20 15 10 | 5 | 1 | POLICE
交通 | Transport | traf.accidentsToday | 当日交通事故数 | Accidents today | count | L | +20 50 100 200 | 15 | 0 | POLICE
交通 | Transport | traf.metroMaxLoad | 轨道最大断面满载率 | Metro peak load | % | L | 80 100 110 120 | 15 | 1 | TRANS
交通 | Transport | traf.parkingFree | 公共泊位空余率 | Free public parking | % | H | 20 10 5 2 | 5 | 1 | TRANS
交通 | Transport | traf.keyVehicleOnline | 两客一危一货在线率 | Key-vehicle online rate | % | H | 95 90 85 80 | 5 | 1 | TRANS
生态环境 | Environment | eco.aqi | 空气质量指数 | AQI | index | L | 101 151 201 301 | 60 | 0 | ECO
生态环境 | Environment | eco.pm25 | PM2.5浓度 | PM2.5 | µg/m³ | L | 75 115 150 250 | 60 | 2 | ECO
生态环境 | Environment | eco.surfaceWaterGood | 地表水优良断面比例 | Surface water grade I–III share | % | H | 90 85 80 70 | 60 | 1 | ECO
生态环境 | Environment | eco.noiseDay | 功能区昼间噪声 | Daytime noise | dB(A) | L | 55 60 65 70 | 60 | 2 | ECO
生态环境 | Environment | eco.emissionOver | 排污超标企业数 | Over-limit emitters | count | L | 1 3 5 10 | 60 | 0 | ECO
水务 | Water | water.reservoirOver | 超汛限水库数 | Reservoirs above flood limit | count | L | 1 2 3 5 | 15 | 0 | WATER
水务 | Water | water.riverMargin | 河道水位距警戒值 | River margin to alert level | m | H | 0.5 0.2 0 -0.5 | 15 | 2 | WATER
水务 | Water | water.pipePressureMin | 管网最低压力 | Lowest network pressure | MPa | H | 0.2 0.16 0.14 0.1 | 5 | 2 | WATER
水务 | Water | water.supplyLoad | 日供水负荷率 | Daily supply load | % | L | 85 90 95 98 | 60 | 1 | WATER
水务 | Water | water.turbidity | 供水浑浊度 | Turbidity | NTU | L | 0.5 0.8 1 3 | 60 | 2 | WATER
水务 | Water | water.residualChlorine | 管网末梢余氯 | Residual chlorine at tap | mg/L | H | 0.1 0.07 0.05 0.03 | 60 | 2 | WATER
水务 | Water | water.pondingDepth | 道路积水最大深度 | Max road ponding | cm | L | 5 15 25 40 | 1 | 0 | URBAN
水务 | Water | water.pumpAvailable | 排涝泵站可用率 | Drainage pumps available | % | H | 98 95 90 80 | 5 | 1 | WATER
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.gasLeakAlarms | 燃气泄漏在警数 | Active gas-leak alarms | count | L | 1 2 3 5 | 1 | 0 | HOUS
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.gasAdjacent | 相邻空间甲烷浓度 | Methane in adjacent space | %VOL | L | 0.25 0.5 1 2.5 | 1 | 2 | HOUS
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.heatPass | 供热室温合格率(≥18℃) | Heating pass rate | % | H | 98 95 90 85 | 1440 | 1 | HOUS
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.powerLoad | 电网负荷率 | Grid load | % | L | 85 90 95 98 | 15 | 1 | POWER
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.outageUsers | 停电用户数 | Users without power | household | L | 1000 5000 20000 100000 | 5 | 0 | POWER
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.bridgeAlarms | 桥梁监测在警数 | Active bridge alarms | count | L | 1 2 3 5 | 1 | 0 | HOUS
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.roadSettle | 路面沉降速率 | Road settlement rate | mm/d | L | 2 5 8 10 | 60 | 2 | HOUS
燃气/供热/供电/桥梁管廊 | Utilities and lifeline | util.tunnelAlarms | 综合管廊在警数 | Utility-tunnel alarms | count | L | 1 2 3 5 | 1 | 0 | HOUS
应急安全 | Emergency | emer.openIncidents | 在处突发事件数 | Open emergencies | count | N |  | 1 | 0 | EMER
应急安全 | Emergency | emer.hazmatAlarms | 重大危险源报警数 | Major-hazard alarms | count | L | 1 3 5 10 | 1 | 0 | EMER
应急安全 | Emergency | emer.fireCalls | 当日火灾警情 | Fire calls today | count | L | +20 50 100 200 | 15 | 0 | FIRE
公共安全与视频 | Public safety and video | psec.policeCalls | 110警情数 | 110 calls | count | L | +20 40 70 100 | 60 | 0 | POLICE
公共安全与视频 | Public safety and video | psec.crowdDensity | 重点区域人流密度 | Crowd density | person/m² | L | 1 2 3.5 5 | 1 | 2 | POLICE
公共安全与视频 | Public safety and video | psec.camOnline | 视频在线率 | Camera online rate | % | H | 98 95 90 85 | 5 | 1 | DATA
城市管理 | Urban management | urb.casesToday | 今日立案数 | Cases filed today | count | N |  | 1 | 0 | URBAN
城市管理 | Urban management | urb.onTimeRate | 按期处置率 | On-time handling | % | H | 95 90 85 80 | 1440 | 1 | URBAN
民生热线 | 12345 hotline | hot.calls | 12345来电量 | Calls | count | L | +20 50 100 150 | 15 | 0 | HOTLINE
民生热线 | 12345 hotline | hot.answerRate | 接通率 | Answer rate | % | H | 95 93 90 85 | 15 | 1 | HOTLINE
民生热线 | 12345 hotline | hot.answer15s | 15秒接听率 | Answered in 15 s | % | H | 90 85 80 70 | 15 | 1 | HOTLINE
民生热线 | 12345 hotline | hot.satisfaction | 满意率 | Satisfaction | % | H | 95 90 85 80 | 1440 | 1 | HOTLINE
医疗 | Health | hlt.erWait | 急诊平均等候 | ER wait | min | L | 30 60 90 120 | 15 | 0 | HEALTH
医疗 | Health | hlt.bedUse | 床位使用率 | Bed use | % | L | 85 93 97 100 | 60 | 1 | HEALTH
教育 | Education | edu.campusAlarms | 校园安全在警数 | Campus alarms | count | L | 1 3 5 10 | 1 | 0 | EDU
文旅 | Culture and tourism | tour.scenicLoad | 景区瞬时承载率 | Scenic-area load | % | L | 60 80 90 100 | 5 | 1 | TOUR
文旅 | Culture and tourism | tour.visitors | 接待游客量 | Visitors | 10k person | N |  | 1440 | 2 | TOUR
政务服务 | Gov service | gov.onlineRate | 全程网办率 | Fully-online rate | % | H | 90 85 80 70 | 1440 | 1 | GOVSVC
气象 | Weather | met.rain | 降雨强度(窗口) | Rainfall by window | mm | L | 50 50 50 100 | 5 | 1 | METEO
气象 | Weather | met.windForce | 平均风力 | Mean wind force | Beaufort | L | 6 8 10 12 | 5 | 0 | METEO
气象 | Weather | met.tempMax | 日最高气温 | Daily max temperature | ℃ | L | - 35 37 40 | 60 | 1 | METEO
气象 | Weather | met.visibility | 能见度 | Visibility | m | H | - 500 200 50 | 10 | 0 | METEO
`;

function limitsOf(text: string): Indicator["thresholds"] {
  const deviates = text.startsWith("+");
  const levels = ["blue", "yellow", "orange", "red"] as const;
  const limits: Indicator["thresholds"] = {};
  for (const [i, part] of text.replace("+", "").split(" ").entries()) {
    const limit = Number.parseFloat(part);
    if (Number.isNaN(limit)) continue;
    limits[levels[i]!] = deviates ? { deviation: limit } : limit;
  }
  return limits;
}

export const catalogueRows: Indicator[] = table
  .trim()
  .split("\n")
  .map((line): Indicator => {
    const cells = line.split("|").map((cell) => cell.trim());
    const cell = (i: number) => cells[i] ?? "";
    const every = Number(cell(8)) * MINUTE;
    return {
      theme: cell(0),
      themeEn: cell(1),
      id: cell(2),
      nameZh: cell(3),
      nameEn: cell(4),
      unit: cell(5),
      direction: cell(6) as Indicator["direction"],
      thresholds: limitsOf(cell(7)),
      hysteresis: null,
      owner: cell(10),
      every,
      staleAfter: 3 * every,
      precision: Number(cell(9)),
      source: { from: "reported" },
      scopes: ["city", "district"],
      target: null,
      opensIncident: null,
      note: "",
      rev: 1,
    };
  });
