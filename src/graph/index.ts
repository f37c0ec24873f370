export { cycles, knots, longestChain, through } from './cycles';
export { depths, type Graph } from './layers';
