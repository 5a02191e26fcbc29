// What an extension of a running cluster consists of. The core never imports one: the tab loads it
// after the first paint, Node at once.
import type { WireSchema } from '../api/wire-schema';
import type { ObjectMeta } from '../api/object';
import type { ResourceRef } from '../api/resource-ref';
import type { AdmissionStep } from '../apiserver/admission/chain';
import type { ApiServer } from '../apiserver/server';
import type { SubresourceHandler } from '../apiserver/subresources/subresource';
import type { Client } from '../client/client';
import type { Component } from '../client/component';
import type { Controller } from '../controllers/controller';
import type { ControllerManager } from '../controllers/controller-manager';
import type { KubeletExtension } from '../kubelet/kubelet';
import type { ResourceDefinition } from '../resources/definition';
import type { ImageDefinition } from '../runtime/image-definition';
import type { ScriptForesight } from '../runtime/scripts';
import type { NetworkQuestion } from '../runtime/shell/questions';
import type { HostPrograms } from '../runtime/program-host';
import type { Registration } from '../scheduler/framework';
import type { SceneDelta } from '../scene/scene';
import type { Store } from '../store/store';
import type { Cluster, ClusterOptions } from './cluster';
import type { SavedCluster } from './saved-cluster';
import type { Cloud, Preset } from '../world/presets/preset';

/** A loop inside kube-apiserver (naming of custom resources, token signing, ...). */
export interface ServerProgram {
  readonly name: string;
  /** Called once, before the server answers or a saved store is loaded. */
  start(server: ApiServer): void;
  /** Called when the store under it has been restored. */
  restored?(server: ApiServer): void;
}

/** An object as it is stored, but for what the server adds to its metadata. */
export type SeedObject = { readonly metadata: Partial<ObjectMeta> };

/** Objects that kube-apiserver makes when it starts and they are missing, as they are stored. */
export interface SeedObjects {
  readonly ref: ResourceRef;
  /** Made only once, when a cluster of this preset is installed. */
  readonly preset?: string;
  /** Left out where the preset has a StorageClass of its own. */
  readonly isStorage?: boolean;
  /** With all defaults set: they are neither defaulted nor validated. `now`: RFC 3339. */
  objects(now: string, serviceCidr: string): readonly SeedObject[];
}

export interface CloudOptions {
  /** Who this copy is in the Lease. */
  readonly identity: string;
  readonly cloud: Cloud;
  /** What the cloud knows of its machines. */
  readonly world: Client;
}

export interface Extension {
  /** Types of objects that only it can decode. */
  readonly wireTypes: WireSchema['types'];
  readonly definitions: readonly ResourceDefinition[];
  readonly admission: readonly AdmissionStep[];
  readonly subresources: readonly SubresourceHandler[];
  readonly controllers: readonly Controller[];
  readonly schedulerPlugins: readonly Registration[];
  readonly kubelet: KubeletExtension;
  readonly images: readonly ImageDefinition[];
  readonly scripts: ScriptForesight;
  /** What a pod of that namespace finds when it asks the network. */
  answerOfNetwork(store: Store, question: NetworkQuestion, namespace: string): boolean;
  /** Lets containers do in the cluster what their images' programs do there. */
  readonly hostPrograms: HostPrograms;
  /** Starts the program on its component; it ends with the component's scope. */
  startCloudControllerManager(component: Component, options: CloudOptions): ControllerManager;
  readonly serverPrograms: readonly ServerProgram[];
  /** The same for the server of the world. */
  readonly worldPrograms: readonly ServerProgram[];
  /** Called once for each cluster, before a saved store is loaded. */
  startWorldExtras(cluster: Cluster): void;
  readonly seeds: readonly SeedObjects[];
  /** Those beyond the first chunk's. */
  readonly presets: readonly Preset[];
  /**
   * A cluster of these options in its saved form, where it is quicker to grow than to boot; else
   * undefined. It is made with the extension given.
   */
  grow(options: ClusterOptions, extension: Extension): SavedCluster | undefined;
  /** The nodes of a grown cluster, to be drawn before it runs. */
  preview(grown: SavedCluster): SceneDelta;
}
