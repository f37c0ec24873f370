export { depths, type Graph } from './layers';
