import '@kern-ux/native/dist/kern.css';
import './styles/index.css';
