export { dependentsOf, depths, type Graph } from './layers';
