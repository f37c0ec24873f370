// refused: a patch cannot make another object of it
import { postgre } from './fixture';

postgre.namespaceObject.remove(['metadata']);
