// The legend of the canvas, in Simplified Chinese.
import type { Catalog } from '../catalog';

const legendLooks = {
  running: ['运行中，已就绪', '细线，圆点'],
  notReady: ['运行中，未就绪', '琥珀色线，半圆'],
  creating: ['ContainerCreating', '随镜像填满'],
  pending: ['Pending', '虚线，沙漏'],
  terminating: ['Terminating', '切角，斜纹'],
  crashLoop: ['CrashLoopBackOff', '八边形，循环'],
  failed: ['Failed', '八边形，叉'],
  succeeded: ['Succeeded', '胶囊形，勾'],
  unknown: ['Unknown', '点线：节点没有消息'],
};

export const legend: Catalog['legend'] = {
  pods: 'Pod：先看轮廓，再看符号',
  looks: legendLooks,
  containersTitle: '容器与属主',
  containers: {
    running: '运行中',
    waiting: '等待中',
    error: '因错误退出',
    initDone: 'init，完成',
    initWaiting: 'init，等待中',
    sidecar: 'sidecar',
  },
  current: '当前修订版本',
  older: '较旧的修订版本',
  messagesTitle: '移动中的消息',
  messages: {
    request: '请求',
    answer: '响应',
    watch: '监视事件',
    heartbeat: '心跳',
    failure: '失败',
  },
  water: '节点是水箱：水位是 CPU 与内存请求量中较高的一个。没有电源的节点是干的。',
};
