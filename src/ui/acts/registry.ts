// Every act, in the order of menus: one line each.
import type { Act } from './act';
import { addMachine, removeMachine } from './cluster-acts';
import { loseMember, loseQuorum, restoreSnapshot, saveSnapshot, startMembers } from './etcd-acts';
import {
  cordonGroup,
  cutCableGroup,
  plugCableGroup,
  powerOffGroup,
  powerOnGroup,
  uncordonGroup,
} from './group-acts';
import { cutCable, fillDisk, freeDisk, plugCable, powerOff, powerOn } from './machine-acts';
import { cordon, deleteNode, drainNode, taint, uncordon, untaint } from './node-acts';
import { deleteObject, label } from './object-acts';
import { crashPod, deletePod, failProbe, killContainer, mendProbe } from './pod-acts';
import { crashProgram, startProgram, stopProgram } from './program-acts';

export const acts: readonly Act[] = [
  addMachine,
  killContainer,
  crashPod,
  mendProbe,
  failProbe,
  cordon,
  uncordon,
  cordonGroup,
  uncordonGroup,
  drainNode,
  taint,
  untaint,
  label,
  fillDisk,
  freeDisk,
  cutCable,
  plugCable,
  powerOff,
  powerOn,
  cutCableGroup,
  plugCableGroup,
  powerOffGroup,
  powerOnGroup,
  startProgram,
  stopProgram,
  crashProgram,
  startMembers,
  loseMember,
  loseQuorum,
  saveSnapshot,
  restoreSnapshot,
  deletePod,
  deleteObject,
  deleteNode,
  removeMachine,
];
